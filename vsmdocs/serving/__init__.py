"""The site while its maps are being written: built, served on this machine alone, and followed.

One process serves and watches, and another, which stays warm, builds. What is served is what
lies in the site's folder at that moment; pages get a script besides, which the published ones
do not have, and through it they hear when they changed.
"""
