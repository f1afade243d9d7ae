/**
 * What AWS Lambda does around a function, small: the Runtime API that its official runtime client
 * speaks to, processes with that client in them, and Invoke in front of them. What is not there:
 * roles, limits of size and memory, several processes of one function at once.
 */
@NullMarked
package io.twinloom.testkit.lambda;

import org.jspecify.annotations.NullMarked;
