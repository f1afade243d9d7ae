/**
 * The SDK's clients, made for a function that starts often: each only when it is needed, and
 * nothing looked up that is known.
 */
@NullMarked
package io.twinloom.aws.client;

import org.jspecify.annotations.NullMarked;
