"""A witness (見證人): a tiny program by somebody else that cosigns what only ever grows.

After C2SP tlog-witness and tlog-cosignature. It keeps the last checkpoint of each log it knows,
signs a newer one only with a proof that it extends the last, and so makes sure that nobody is
shown another log than everybody else. Standard library and Ed25519; neither Django nor a database.

`judging` decides, `memory` keeps, `serving` speaks HTTP, `asking` is the log's side of it.
"""
