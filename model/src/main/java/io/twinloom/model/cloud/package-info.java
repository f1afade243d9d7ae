/**
 * The conventions of each cloud, one file a cloud, found by {@link io.twinloom.model.Provider} with
 * {@link java.util.ServiceLoader}: the one place of the model that names a cloud's services. What
 * deploys to a cloud, or runs there, is not here.
 */
@NullMarked
package io.twinloom.model.cloud;

import org.jspecify.annotations.NullMarked;
