# Buckets, by purpose: all private, encrypted, reachable over TLS only. Versions are not kept: what
# a mover removed was confirmed in the next tier, and would be paid for twice.

locals {
  has_any = length(var.functions) + length(var.stores) > 0 || local.has_devices || local.has_view

  bucket_bases = merge(
    local.has_any ? {
      deployment   = var.bucket_names["deployment"]
      dead-letters = var.bucket_names["dead-letters"]
    } : {},
    local.has_twin ? { twin = var.bucket_names["twin"] } : {},
    { for s in var.stores : s.kind => s.cloud_name if contains(["cold", "archive"], s.kind) },
  )

  # 63 characters at most.
  buckets = { for purpose, base in local.bucket_bases : purpose => "${trimsuffix(substr(base, 0, 54), "-")}-${local.suffix}" }

  # How a bucket is named by who confirms that it may go: as its store, or else as it is, without the suffix.
  bucket_ids = {
    for purpose, base in local.bucket_bases : purpose =>
    one(concat([for name, s in var.stores : name if s.kind == purpose], contains(["cold", "archive"], purpose) ? [] : [trimsuffix(substr(base, 0, 54), "-")]))
  }

  # What a store is called in the end, by the topology's name.
  store_names = {
    for name, s in var.stores : name => {
      hot        = s.cloud_name
      cold       = try(local.buckets["cold"], null)
      archive    = try(local.buckets["archive"], null)
      twin_graph = s.cloud_name
    }[s.kind]
  }
}

resource "aws_s3_bucket" "this" {
  for_each = local.buckets

  bucket = each.value

  # A bucket with something in it is removed only where that was confirmed by name. What is uploaded
  # here can be uploaded again.
  force_destroy = each.key == "deployment" || contains(var.unprotected, "aws:${local.bucket_ids[each.key]}")
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = aws_s3_bucket.this

  bucket                  = each.value.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "${local.arn.bucket}:${each.value.bucket}",
        "${local.arn.bucket}:${each.value.bucket}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.bucket

  rule {
    id     = "forget-unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
