"""Templates (範本): texts of an agency or of the platform that officers insert into what they write.

A tool of the desk; no law asks for it. Inserting saves nothing; what is published is always what an officer saw, changed and handed in.
"""
