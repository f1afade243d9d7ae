# Tables. The cold store and the archive are buckets, see buckets.tf.

# An item leaves the hot store when the mover has confirmed its copy: nothing expires by itself.
resource "aws_dynamodb_table" "hot" {
  for_each = { for name, s in var.stores : name => s if s.kind == "hot" }

  name         = each.value.cloud_name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "device_id"
  range_key    = "timestamp"

  deletion_protection_enabled = !contains(var.unprotected, "aws:${each.key}")

  attribute {
    name = "device_id"
    type = "S"
  }

  attribute {
    name = "timestamp"
    type = "S"
  }

  ttl {
    enabled = false
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

# What movers set out to do, what receivers answered to signed requests, which receivers do not answer, which
# events run, and when devices were seen.
# Plans alone have not the attribute by which rows expire.
resource "aws_dynamodb_table" "state" {
  count = local.keeps_state ? 1 : 0

  name         = local.state_table
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  deletion_protection_enabled = !contains(var.unprotected, "aws:${local.state_table}")

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  ttl {
    enabled        = true
    attribute_name = "expires"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}
