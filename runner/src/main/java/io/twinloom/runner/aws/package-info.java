/** The entry point of a Java user function on AWS Lambda. */
@NullMarked
package io.twinloom.runner.aws;

import org.jspecify.annotations.NullMarked;
