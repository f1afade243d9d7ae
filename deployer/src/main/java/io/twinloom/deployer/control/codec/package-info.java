/**
 * The JSON of what a deployed twin answers, as {@code --json}, the control endpoint and the REST
 * interface carry it: written and read here and nowhere else. It decides nothing.
 */
@NullMarked
package io.twinloom.deployer.control.codec;

import org.jspecify.annotations.NullMarked;
