/**
 * What devices published, kept as a file of JSON lines and published again: at another speed, or as
 * if it happened now.
 */
@NullMarked
package io.twinloom.deployer.recording;

import org.jspecify.annotations.NullMarked;
