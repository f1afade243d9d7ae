# Each module says which providers it needs: only those of the clouds that a twin is on are fetched.

terraform {
  required_version = ">= 1.8"
}
