# shellcheck shell=bash
# Sourced by the scripts in jobs/, after jobs/lib/java.sh and build_if_needed:
#   lay_out_image     target/image: what src/main/docker/Dockerfile adds to the official images
#   lay_out_flink     target/flink: a FLINK_HOME of the same layout, without an official image

# Jars are listed by name without version: a new release needs no change here, and a missing jar is
# an error.

# Jars in the lib of the official Flink image.
FLINK_LIB=(
  async-profiler commons-cli commons-collections commons-compress commons-io commons-lang3
  commons-math3 commons-text flink-annotations flink-clients flink-connector-datagen flink-core
  flink-core-api flink-datastream flink-datastream-api flink-file-sink-common flink-hadoop-fs
  flink-metrics-core flink-queryable-state-client-java flink-rpc-akka-loader flink-rpc-core
  flink-runtime flink-runtime-web flink-shaded-asm-9 flink-shaded-guava flink-shaded-jackson
  flink-shaded-netty flink-shaded-zookeeper-3 flink-streaming-java javassist jsr305 kryo log4j-api
  log4j-core log4j-slf4j-impl lz4-java minlog objenesis reflectasm slf4j-api snakeyaml-engine
  snappy-java
)

# The jar in its plugins.
FLINK_PLUGIN=metrics-prometheus
FLINK_PLUGIN_JAR=flink-metrics-prometheus

# Jars that a job cannot bring itself, because a native library loads only once per process: ND4J
# with its dependencies, and the codecs of Kafka's client.
NATIVE_LIB=(
  byteunits commons-codec commons-collections4 commons-net flatbuffers-java guava jackson javacpp
  jna jna-platform nd4j-api nd4j-common nd4j-native nd4j-native-api nd4j-native-preset
  nd4j-presets-common neoitertools openblas opencv oshi-core protobuf threetenbp zstd-jni
)
CUDA_LIB=(cuda nd4j-cuda-11.6 nd4j-cuda-11.6-preset)

# Jars of the gateway: cameras, JPEG, Kafka's client, its metrics.
GATEWAY_LIB=(
  ffmpeg javacpp jspecify kafka-clients log4j-api log4j-core log4j-slf4j-impl lz4-java
  openblas opencv picocli simpleclient simpleclient_common simpleclient_hotspot
  simpleclient_httpserver simpleclient_tracer_common simpleclient_tracer_otel
  simpleclient_tracer_otel_agent slf4j-api snappy-java zstd-jni
)

# Links the jars of target/lib with the given names into a directory; each must exist.
link_jars() {
  local directory="$1" name jar found
  shift
  for name in "$@"; do
    found=
    for jar in target/lib/"$name"-[0-9]*.jar; do
      [[ -e "$jar" ]] || continue
      ln -f "$jar" "$directory/" 2>/dev/null || cp "$jar" "$directory/"
      found=yes
    done
    [[ -n "$found" ]] || fail "there is no target/lib/$name-*.jar: jobs/lib/flink-dist.sh and pom.xml disagree"
  done
}

native_jars() {
  if compgen -G 'target/lib/nd4j-cuda-*.jar' >/dev/null; then
    local name
    for name in "${NATIVE_LIB[@]}"; do
      [[ "$name" == nd4j-native || "$name" == nd4j-native-preset ]] || echo "$name"
    done
    printf '%s\n' "${CUDA_LIB[@]}"
  else
    printf '%s\n' "${NATIVE_LIB[@]}"
  fi
}

lay_out_image() {
  local image=target/image names
  rm -rf "$image"
  mkdir -p "$image"/flink/{lib,usrlib,conf} "$image"/gateway/lib
  mapfile -t names < <(native_jars)
  link_jars "$image/flink/lib" "${names[@]}"
  cp target/usrlib/afterimage-job.jar "$image/flink/usrlib/"
  cp src/main/docker/conf/* "$image/flink/conf/"
  cp jobs/afterimage.yaml "$image/flink/usrlib/"

  link_jars "$image/gateway/lib" "${GATEWAY_LIB[@]}"
  cp "$(project_jar)" "$image/gateway/lib/afterimage.jar"
}

# Changes nothing if it is up to date, since another cluster may run on it.
lay_out_flink() {
  local home=target/flink
  [[ ! -f "$home/.complete" || ! -d target/image || -n "$(find "$(project_jar)" src/main/docker/conf jobs/afterimage.yaml jobs/lib/flink-dist.sh -newer "$home/.complete" -print -quit)" ]] ||
    return 0
  lay_out_image
  rm -rf "$home"
  mkdir -p "$home"/{lib,usrlib,conf} "$home/plugins/$FLINK_PLUGIN"
  link_jars "$home/lib" "${FLINK_LIB[@]}"
  link_jars "$home/plugins/$FLINK_PLUGIN" "$FLINK_PLUGIN_JAR"
  # Copied over it, as in the image.
  cp -rl target/image/flink/. "$home/" 2>/dev/null || cp -r target/image/flink/. "$home/"
  touch "$home/.complete"
}
