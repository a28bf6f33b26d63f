// What scripts add to pages that work without them. Each module binds itself by data- attributes.
import "./autosave.js";
import "./countdown.js";
import "./menu.js";
import "./presence.js";
import "./rows.js";
import "./session.js";
import "./sums.js";
import "./upload.js";
