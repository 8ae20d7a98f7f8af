"""The verifier (驗證器): recounts the public ledger without the platform's help.

Needs the standard library and Ed25519 of ``cryptography``, and neither Django nor a database:
``minben ledger verify SOURCE`` and ``python -m minben.ledger.verifier SOURCE`` are the same.

It reads a source (`sources`), walks the log once from the first leaf to the last (`walking`),
folds every entry into counts and deadlines (`recounting`, `deadlines`), asks whether entries lie
in their time (`dating`), and compares the result with what the platform claims (`comparing`).
It stops at the first difference.
"""
