variable "twin" {
  type = string
}

variable "tags" {
  type = map(string)
}

variable "workspace" {
  description = "Null where layer 4 is not, or no longer, on AWS."
  type = object({
    name      = string
    role      = string
    bucket    = string
    scene     = optional(string)
    has_scene = bool
  })
}
