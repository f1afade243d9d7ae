/** A client of the REST interface, by which commands ask a twin that runs in another process. */
@NullMarked
package io.twinloom.deployer.client;

import org.jspecify.annotations.NullMarked;
