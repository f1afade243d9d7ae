/** The real Terraform, offline, for tests. */
@NullMarked
package io.twinloom.testkit.terraform;

import org.jspecify.annotations.NullMarked;
