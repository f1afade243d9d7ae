/** The functions' queues on SQS, and what Lambda hands out of them. */
@NullMarked
package io.twinloom.aws.queue;

import org.jspecify.annotations.NullMarked;
