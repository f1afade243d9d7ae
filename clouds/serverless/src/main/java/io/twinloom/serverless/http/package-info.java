/** HTTP to other clouds with what the platform has, since a client of its own starts slower. */
@NullMarked
package io.twinloom.serverless.http;

import org.jspecify.annotations.NullMarked;
