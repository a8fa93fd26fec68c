export const libraryName = 'libnvidia-ml.so.1'

/** Where the library lies on the systems that we know of; the linker does not look into all of them. */
export const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/lib64/nvidia',
  // WSL, Kubernetes on Google's nodes, NixOS
  '/usr/lib/wsl/lib',
  '/usr/local/nvidia/lib64',
  '/run/opengl-driver/lib',
]
