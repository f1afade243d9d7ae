/** The entry point of a Java user function on Google Cloud. */
@NullMarked
package io.twinloom.runner.google;

import org.jspecify.annotations.NullMarked;
