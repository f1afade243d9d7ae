/**
 * Being a device: the commands that send, simulate and verify connect as the devices of a twin do.
 * What a twin does with their messages is not here.
 */
@NullMarked
package io.twinloom.deployer.device;

import org.jspecify.annotations.NullMarked;
