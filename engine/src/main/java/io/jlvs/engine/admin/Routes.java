package io.jlvs.engine.admin;

import io.vertx.ext.web.Router;

/** A group of paths of the {@link ControlSocket}. */
public interface Routes {

    void addTo(Router router);
}
