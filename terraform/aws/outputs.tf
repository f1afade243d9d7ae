output "endpoints" {
  description = "The receivers' addresses, by their names."
  value       = { for name, url in aws_lambda_function_url.receiver : name => trimsuffix(url.function_url, "/") }
}

output "things" {
  description = "What was made, by the topology's names; null where nothing is on AWS."
  value = local.has_any ? {
    account = local.account
    region  = local.region
    functions = {
      for name, f in local.functions : name => {
        id        = f.cloud_name
        arn       = "${local.arn.function}:${f.cloud_name}"
        log_group = local.log_groups[name]
      }
    }
    workflows   = { for name, f in local.workflows : name => "${local.arn.workflow}:${f.cloud_name}" }
    stores      = local.store_names
    buckets     = local.buckets
    state_table = local.state_table
    queues = length(local.queued) > 0 ? {
      url         = local.queues_url
      functions   = sort(keys(local.queued))
      undelivered = one(aws_sqs_queue.undelivered[*].url)
    } : null
    dashboards = local.has_view ? {
      workspace = aws_grafana_workspace.view[0].id
      role      = one(aws_iam_role.dashboard[*].arn)
    } : null
    device_endpoint = one(data.aws_iot_endpoint.data[*].endpoint_address)
    devices         = local.devices
    twin            = local.has_twin ? { workspace = local.workspace, bucket = local.buckets["twin"], role = aws_iam_role.twin[0].arn } : null
    view            = local.has_view ? "https://${aws_grafana_workspace.view[0].endpoint}" : null
  } : null
}

output "device_credentials" {
  description = "What each device connects with, by its id."
  sensitive   = true
  value = {
    for device, certificate in aws_iot_certificate.device : device => {
      cloud       = "aws"
      endpoint    = data.aws_iot_endpoint.data[0].endpoint_address
      client_id   = local.devices[device]
      certificate = certificate.certificate_pem
      private_key = certificate.private_key
      telemetry   = local.telemetry_topics[device]
      commands    = local.command_topics[device]
    }
  }
}

output "twin_workspace" {
  description = "What twin/ makes the workspace of; null where layer 4 is not on AWS."
  value = local.has_twin ? {
    name      = local.workspace
    role      = aws_iam_role.twin[0].arn
    bucket    = "${local.arn.bucket}:${aws_s3_bucket.this["twin"].bucket}"
    scene     = try("s3://${aws_s3_object.scene["scene.json"].bucket}/${aws_s3_object.scene["scene.json"].key}", null)
    has_scene = contains(keys(local.scene), "scene.json")
  } : null
  depends_on = [aws_iam_role_policy.twin, aws_s3_object.scene]
}
