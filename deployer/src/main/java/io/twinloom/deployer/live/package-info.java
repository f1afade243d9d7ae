/**
 * A twin that runs in this process, as it is given to a server that offers it to other processes
 * and to people. It answers nothing itself.
 */
@NullMarked
package io.twinloom.deployer.live;

import org.jspecify.annotations.NullMarked;
