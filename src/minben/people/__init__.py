"""People and agencies (使用者與機關): accounts, confirmation, staff roles, the agency list.

Source: 公共政策網路參與實施要點 (2018-04-11): nationals and holders of residence permits, confirmed
once by e-mail and mobile; public names are a nickname with county and township.
"""
