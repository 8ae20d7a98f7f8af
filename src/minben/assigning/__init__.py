"""Assignment (分辦): which agency leads, and what past cases say about it (分辦建議).

Source: 公共政策網路參與實施要點 (2018-04-11): 權責機關. What is suggested binds nobody: people name
the agencies, and whoever names them sees the past cases a suggestion rests on.
"""
