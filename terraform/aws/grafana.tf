# Layer 5: dashboards, whose users sign in with IAM Identity Center.

data "aws_ssoadmin_instances" "here" {
  count = local.has_view ? 1 : 0

  lifecycle {
    postcondition {
      condition     = length(self.identity_store_ids) > 0
      error_message = "IAM Identity Center is not switched on in this account and region: Managed Grafana's users sign in with it."
    }
  }
}

# People are the directory's business: the admin must be there, and stays when the twin is destroyed.
data "aws_identitystore_user" "admin" {
  count = local.has_view && try(var.view.admin.email, null) != null ? 1 : 0

  identity_store_id = data.aws_ssoadmin_instances.here[0].identity_store_ids[0]

  alternate_identifier {
    unique_attribute {
      attribute_path  = "UserName"
      attribute_value = var.view.admin.email
    }
  }
}

resource "aws_grafana_workspace" "view" {
  count = local.has_view ? 1 : 0

  name                     = var.twin
  description              = "Twinloom: dashboards of ${var.twin}"
  account_access_type      = "CURRENT_ACCOUNT"
  authentication_providers = ["AWS_SSO"]
  permission_type          = "CUSTOMER_MANAGED"
  role_arn                 = aws_iam_role.view[0].arn

  # Without a version it is the newest there is. Plugins, data sources and dashboards are made by the
  # deployment over Grafana's own API, for which plugins may be managed.
  configuration = jsonencode({
    plugins         = { pluginAdminEnabled = true }
    unifiedAlerting = { enabled = true }
  })
}

resource "aws_grafana_role_association" "admin" {
  count = length(data.aws_identitystore_user.admin)

  workspace_id = aws_grafana_workspace.view[0].id
  role         = "ADMIN"
  user_ids     = [data.aws_identitystore_user.admin[0].user_id]
}

resource "aws_iam_role" "view" {
  count = local.has_view ? 1 : 0

  name               = "${var.twin}.view"
  description        = "Twinloom: the dashboards"
  assume_role_policy = local.trust["grafana"]
}

# The plugin of TwinMaker passes what it may do on to the browser, so it takes a role of its own, which
# its data source is given:
# https://docs.aws.amazon.com/grafana/latest/userguide/AMG-iot-twinmaker.html
# Metrics are read by the dashboards' role itself. They have no ARN, so it may read all of the account's:
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
resource "aws_iam_role_policy" "view" {
  count = local.has_view ? 1 : 0

  name = "twinloom"
  role = aws_iam_role.view[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "ReadMetrics"
        Effect   = "Allow"
        Action   = ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"]
        Resource = ["*"]
      }],
      local.has_twin ? [{
        Sid      = "ReadAsDashboard"
        Effect   = "Allow"
        Action   = ["sts:AssumeRole"]
        Resource = ["${local.arn.role}/${var.twin}.dashboard"]
      }] : [],
    )
  })
}

resource "aws_iam_role" "dashboard" {
  count = local.has_view && local.has_twin ? 1 : 0

  # Whom a role trusts must be there.
  depends_on = [aws_iam_role.view]

  name        = "${var.twin}.dashboard"
  description = "Twinloom: what dashboards read of the twin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "${local.arn.role}/${var.twin}.view" }
    }]
  })
}

# It reads one workspace, and the list of all to choose it from:
# https://docs.aws.amazon.com/iot-twinmaker/latest/guide/dashboard-IAM-role.html
resource "aws_iam_role_policy" "dashboard" {
  count = local.has_view && local.has_twin ? 1 : 0

  name = "twinloom"
  role = aws_iam_role.dashboard[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReadTwin"
        Effect = "Allow"
        Action = [
          "iottwinmaker:ExecuteQuery",
          "iottwinmaker:GetComponentType",
          "iottwinmaker:GetEntity",
          "iottwinmaker:GetPropertyValue",
          "iottwinmaker:GetPropertyValueHistory",
          "iottwinmaker:GetScene",
          "iottwinmaker:GetWorkspace",
          "iottwinmaker:ListComponentTypes",
          "iottwinmaker:ListEntities",
          "iottwinmaker:ListScenes",
        ]
        Resource = ["${local.arn.twin}/${local.workspace}", "${local.arn.twin}/${local.workspace}/*"]
      },
      {
        Sid      = "ChooseTwin"
        Effect   = "Allow"
        Action   = ["iottwinmaker:ListWorkspaces"]
        Resource = ["*"]
      },
      {
        Sid      = "SceneFiles"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${local.arn.bucket}:${local.buckets["twin"]}/*"]
      },
    ]
  })
}

# The scene's viewer loads models in the browser, from the twin's bucket and on the workspace's page:
# https://docs.aws.amazon.com/iot-twinmaker/latest/guide/cors-configuration-grafana.html
resource "aws_s3_bucket_cors_configuration" "twin" {
  count = local.has_view && local.has_twin ? 1 : 0

  bucket = aws_s3_bucket.this["twin"].bucket

  cors_rule {
    allowed_headers = ["*"]
    allowed_methods = ["GET"]
    allowed_origins = ["https://${aws_grafana_workspace.view[0].endpoint}"]
    expose_headers  = ["ETag"]
  }
}
