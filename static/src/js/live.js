// The page of the day of a walk asks what is new only while somebody can see it.
import { pauseWhenHidden } from "./live/pausing.js";

pauseWhenHidden(document);
