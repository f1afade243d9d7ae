/** The log of a function whose cloud collects the lines of standard output. */
@NullMarked
package io.twinloom.serverless.log;

import org.jspecify.annotations.NullMarked;
