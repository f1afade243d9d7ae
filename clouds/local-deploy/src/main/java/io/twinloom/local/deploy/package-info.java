/**
 * The local clouds as a target of the deployer: in this process or in one in the background, with
 * what a running twin keeps in its data folder, what the deployer can do with each local cloud, and
 * a small server on loopback through which other commands ask it. The clouds themselves are in
 * {@code io.twinloom.local}.
 */
@NullMarked
package io.twinloom.local.deploy;

import org.jspecify.annotations.NullMarked;
