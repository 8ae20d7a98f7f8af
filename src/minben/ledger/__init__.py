"""The public ledger (公開帳本): an append-only Merkle log of every act with public effect.

Hashing after RFC 6962 §2.1, tiles after C2SP tlog-tiles, checkpoints after C2SP tlog-checkpoint
and signed-note (Ed25519). Personal acts enter as salted commitments.

`merkle`, `notes`, `tiles` and `entries` are plain Python and know no database; the verifier
stands on them alone.
"""
