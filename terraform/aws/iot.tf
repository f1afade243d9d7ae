# Layer 1: devices, and the rule that hands their messages to the dispatcher.

locals {
  devices = try(var.channel.devices, {})
  rule    = "${replace(var.twin, "-", "_")}_telemetry_${local.suffix}"
}

data "aws_iot_endpoint" "data" {
  count = local.has_devices ? 1 : 0

  endpoint_type = "iot:Data-ATS"
}

# The attribute makes it an error to take over a thing of another twin: AWS would else give back the
# one that is there.
resource "aws_iot_thing" "device" {
  for_each = local.devices

  name       = each.value
  attributes = { twin = var.twin }
}

# Before a channel leaves, nobody is let in any more: IoT Core ends the connections of a certificate that
# is not active within minutes.
resource "aws_iot_certificate" "device" {
  for_each = local.devices

  active = var.channel.open
}

# A device may connect under its own name, publish its own telemetry, and listen to its own commands.
resource "aws_iot_policy" "device" {
  for_each = local.devices

  name = each.value
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["iot:Connect"]
        Resource = ["${local.arn.iot}:client/${each.value}"]
      },
      {
        Effect   = "Allow"
        Action   = ["iot:Publish"]
        Resource = ["${local.arn.iot}:topic/${local.telemetry_topics[each.key]}"]
      },
      {
        Effect   = "Allow"
        Action   = ["iot:Subscribe"]
        Resource = ["${local.arn.iot}:topicfilter/${local.command_topics[each.key]}"]
      },
      {
        Effect   = "Allow"
        Action   = ["iot:Receive"]
        Resource = ["${local.arn.iot}:topic/${local.command_topics[each.key]}"]
      },
    ]
  })
}

# One node between each two blocks, see functions.tf.
locals {
  telemetry_topics = { for device, thing in local.devices : device => replace(var.channel.telemetry, "+", device) }
  command_topics   = { for device, thing in local.devices : device => replace(var.channel.commands, "+", device) }
  things           = { for device, thing in aws_iot_thing.device : device => thing.name }
  certificates     = { for device, certificate in aws_iot_certificate.device : device => certificate.arn }
  device_policies  = { for device, policy in aws_iot_policy.device : device => policy.name }
}

resource "aws_iot_policy_attachment" "device" {
  for_each = local.devices

  policy = local.device_policies[each.key]
  target = local.certificates[each.key]
}

resource "aws_iot_thing_principal_attachment" "device" {
  for_each = local.devices

  thing                = local.things[each.key]
  principal            = local.certificates[each.key]
  thing_principal_type = "EXCLUSIVE_THING"
}

# The payload goes on as the device wrote it, in base64, with what only the broker knows: the topic's
# device, the client that sent it, when it was accepted, and the message's own id.
resource "aws_iot_topic_rule" "telemetry" {
  count = local.has_devices ? 1 : 0

  name        = local.rule
  description = "Twinloom ${var.twin}: hands what devices send to the dispatcher"
  enabled     = true
  sql_version = "2016-03-23"
  sql         = "SELECT topic(3) AS channel_device, clientid() AS client_id, timestamp() AS accepted_ms, traceid() AS message_id, encode(*, 'base64') AS payload_base64 FROM '${var.channel.telemetry}'"

  # The queue gathers them, and keeps what the dispatcher cannot take just now.
  sqs {
    queue_url  = local.queue_urls[local.functions[var.channel.function].cloud_name]
    role_arn   = aws_iam_role.rule[0].arn
    use_base64 = false
  }

  # What cannot be passed on is a dead letter, too.
  error_action {
    s3 {
      bucket_name = aws_s3_bucket.this["dead-letters"].bucket
      key         = "iot-rule/$${timestamp()}-$${newuuid()}.json"
      role_arn    = aws_iam_role.rule[0].arn
    }
  }

  # Of an earlier version the rule is changed last: what it sends is taken then.
  depends_on = [aws_iam_role_policy.rule, aws_lambda_event_source_mapping.queue, aws_sqs_queue_policy.tls_only]
}

# A dot is in no function's name, so these roles collide with none of theirs.
resource "aws_iam_role" "rule" {
  count = local.has_devices ? 1 : 0

  name               = "${var.twin}.telemetry-rule"
  description        = "Twinloom: what devices send, and what could not be passed on"
  assume_role_policy = local.trust["iot"]
}

resource "aws_iam_role_policy" "rule" {
  count = local.has_devices ? 1 : 0

  name = "twinloom"
  role = aws_iam_role.rule[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "HandOn"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["${local.arn.queue}:${local.functions[var.channel.function].cloud_name}"]
      },
      {
        Sid      = "OwnDeadLetters"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${local.arn.bucket}:${local.buckets["dead-letters"]}/iot-rule/*"]
      },
    ]
  })
}
