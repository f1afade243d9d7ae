# Every archive is uploaded once, under a key with its digest: another content is another key, which
# is how a function learns of it.

locals {
  packages = {
    for key, p in var.packages : key => p
    if p.cloud == "aws" && contains(local.used_packages, key)
  }

  used_packages = distinct([for f in local.functions : f.package])
  uploaded      = { for key, object in aws_s3_object.package : key => object.key }
}

# What was deployed, so that another machine can go on with it.
resource "aws_s3_object" "project" {
  for_each = local.has_any ? var.projects : {}

  bucket      = aws_s3_bucket.this["deployment"].bucket
  key         = "projects/${each.key}.zip"
  source      = each.value
  source_hash = each.key
}

resource "aws_s3_object" "package" {
  for_each = local.packages

  bucket      = aws_s3_bucket.this["deployment"].bucket
  key         = "packages/${each.value.name}-${each.value.sha256}.zip"
  source      = each.value.file
  source_hash = each.value.sha256
}
