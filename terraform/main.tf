# The clouds meet here and nowhere else. Each cloud's root file (aws/root-module/aws.tf, …), which
# stands beside this one where the twin is on that cloud, calls its module and puts what comes out
# into a local of its name. Twinloom writes the list of these, local.clouds, to clouds.tf.json. The
# addresses of all receivers, by cloud and name, go back into every module.
#
# This is no cycle, for any placement: in a module, receivers and their roles are blocks of their own
# that use no address; only the senders' blocks do. (Terraform sees a cycle by block, not by
# instance: one block for both would close it.)

locals {
  endpoints = merge(var.remote_endpoints, {
    for cloud, part in local.clouds : cloud => merge(lookup(var.remote_endpoints, cloud, {}), part.endpoints)
  })

  tags = merge(var.tags, {
    "twinloom:twin" = var.twin
    "managed-by"    = "twinloom"
  })
}
