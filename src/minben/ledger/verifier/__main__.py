import sys

from minben.ledger.verifier.command import main

sys.exit(main())
