/**
 * The clouds as a target: what is the same for all of them. Terraform makes most of a twin; what it
 * cannot make are {@link io.twinloom.deployer.cloud.CloudStep steps} before and after it. What only
 * one cloud has is behind {@link io.twinloom.deployer.cloud.CloudAccount}, in that cloud's own
 * module.
 */
@NullMarked
package io.twinloom.deployer.cloud;

import org.jspecify.annotations.NullMarked;
