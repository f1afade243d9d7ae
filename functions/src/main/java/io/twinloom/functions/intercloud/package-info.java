/**
 * The crossing of clouds, once for all functions: the envelope, the token that a receiver asks for,
 * the limits of a body, and the sender with its retries. What a port's adapter does (one request,
 * one answer) is not here.
 */
@NullMarked
package io.twinloom.functions.intercloud;

import org.jspecify.annotations.NullMarked;
