/**
 * What is uploaded: one archive for each user function, with the entry point of the cloud that it
 * runs on, and one for all system functions of a cloud. The same input gives the same bytes; what
 * has not changed is neither made nor packed again. Nothing is uploaded here.
 */
@NullMarked
package io.twinloom.packaging.bundle;

import org.jspecify.annotations.NullMarked;
