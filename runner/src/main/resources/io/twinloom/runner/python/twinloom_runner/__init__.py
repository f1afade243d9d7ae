"""What stands around user code in Python, on every target.

Local workers and the clouds' packages bring this folder along; user code does not import it.
"""
