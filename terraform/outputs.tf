# What Twinloom reads back after an apply.

output "endpoints" {
  description = "The addresses of all receivers, by cloud and name."
  value       = local.endpoints
}

output "deployment" {
  description = "What is deployed: see the variable."
  value       = var.deployment
}

output "clouds" {
  description = "By cloud: functions, stores, and the cloud's own things, by the topology's names."
  value = {
    for cloud, part in local.clouds : cloud => part.things if part.things != null
  }
}

output "tokens" {
  description = "Tokens, by connection."
  value       = var.tokens
  sensitive   = true
}

output "device_credentials" {
  description = "What each device connects with, by cloud and its id."
  value       = { for cloud, part in local.clouds : cloud => part.device_credentials }
  sensitive   = true
}
