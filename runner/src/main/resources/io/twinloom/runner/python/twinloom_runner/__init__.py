"""What stands around user code in Python, on every target.

Local workers and the clouds' packages bring this folder along; user code does not import it.
"""

import sys

# What Python itself had loaded: all that comes later and bears the name of a file of the user's is
# ours alone, and the user's code gets its own.
LOADED_BEFORE = frozenset(sys.modules)
