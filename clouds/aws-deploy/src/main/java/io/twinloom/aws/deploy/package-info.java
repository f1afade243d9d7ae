/**
 * What only the deployer needs of AWS: whose the credentials are and what they may, the entities of
 * TwinMaker, which Terraform cannot make, and what is asked of a twin that is deployed there. None
 * of it is in the artifact that functions run.
 */
@NullMarked
package io.twinloom.aws.deploy;

import org.jspecify.annotations.NullMarked;
