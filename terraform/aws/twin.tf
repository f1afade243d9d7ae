# What of TwinMaker's workspace the AWS provider makes; the workspace is in twin/.

locals {
  workspace = try(var.stores[var.twin_service.store].cloud_name, null)
  scene     = local.has_twin ? var.scene : {}

  content_types = {
    bin  = "application/octet-stream"
    glb  = "model/gltf-binary"
    gltf = "model/gltf+json"
    hdr  = "image/vnd.radiance"
    jpg  = "image/jpeg"
    json = "application/json"
    png  = "image/png"
  }
}

resource "aws_s3_object" "scene" {
  for_each = local.scene

  bucket       = aws_s3_bucket.this["twin"].bucket
  key          = each.key
  source       = each.value.file
  source_hash  = each.value.sha256
  content_type = lookup(local.content_types, lower(element(split(".", each.key), -1)), "application/octet-stream")
}

# TwinMaker keeps its files in its bucket and reads values through the readers. What it asks of the
# bucket AWS names by GetBucket* only; of deleting, its own mark is all it needs:
# https://docs.aws.amazon.com/iot-twinmaker/latest/guide/twinmaker-gs-service-role.html
resource "aws_iam_role" "twin" {
  count = local.has_twin ? 1 : 0

  name        = "${var.twin}.twin"
  description = "Twinloom: the twin's workspace"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "iottwinmaker.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "twin" {
  count = local.has_twin ? 1 : 0

  name = "twinloom"
  role = aws_iam_role.twin[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = ["s3:GetBucket*", "s3:ListBucket"]
        Resource = ["${local.arn.bucket}:${local.buckets["twin"]}"]
      },
      {
        Sid      = "Files"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = ["${local.arn.bucket}:${local.buckets["twin"]}/*"]
      },
      {
        Sid      = "OwnMark"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = ["${local.arn.bucket}:${local.buckets["twin"]}/DO_NOT_DELETE_WORKSPACE_*"]
      },
      {
        Sid      = "Readers"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [for r in var.twin_service.readers : "${local.arn.function}:${local.functions[r].cloud_name}"]
      },
    ]
  })
}
