/** The functions' log as lines that CloudWatch keeps, and their counts as its metrics. */
@NullMarked
package io.twinloom.aws.log;

import org.jspecify.annotations.NullMarked;
