/**
 * Twinloom's functions on AWS: {@link io.twinloom.aws.FunctionHandler} is what Lambda calls,
 * whichever function it runs. What a function does is not here, nor what only a deployment needs.
 */
@NullMarked
package io.twinloom.aws;

import org.jspecify.annotations.NullMarked;
