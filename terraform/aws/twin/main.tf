# TwinMaker's workspace and scene. Component types and entities have no resource in any provider
# (their schemas are recursive): Twinloom makes and removes them itself, after apply and before
# destroy.

resource "awscc_iottwinmaker_workspace" "twin" {
  count = var.workspace == null ? 0 : 1

  workspace_id = var.workspace.name
  description  = "Twinloom: ${var.twin}"
  role         = var.workspace.role
  s3_location  = var.workspace.bucket
  tags         = var.tags
}

resource "awscc_iottwinmaker_scene" "twin" {
  count = try(var.workspace.has_scene, false) ? 1 : 0

  workspace_id     = awscc_iottwinmaker_workspace.twin[0].workspace_id
  scene_id         = "scene"
  description      = "Twinloom: ${var.twin}"
  content_location = var.workspace.scene
  tags             = var.tags
}
