#!/usr/bin/env bash
# Builds the file layout of the images without a container engine (target/image), and checks it: the
# libraries that a job cannot bring itself are in lib, none of them is in the job's jar, and both
# together are complete.
# If docker-compose, or docker with its compose plugin, is on the PATH, also checks the compose files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
source jobs/lib/flink-dist.sh
no_arguments "$@"
require_java
build_if_needed
lay_out_flink
image=target/image

jar_tool="${JAVA%/java}/jar"
[[ -x "$jar_tool" ]] || fail "a JDK is needed: there is no $jar_tool"
entries="$("$jar_tool" tf "$image/flink/usrlib/afterimage-job.jar")"

has() {
  grep -q "$1" <<<"$entries" || fail "the job's jar has no $1"
}
has_not() {
  ! grep -m 1 "$1" <<<"$entries" || fail "the job's jar contains $1, which it must not"
}
has '^io/afterimage/cli/AfterimageJob.class$'
has '^org/apache/flink/connector/kafka/source/KafkaSource.class$'
has '^org/apache/kafka/clients/consumer/KafkaConsumer.class$'
has_not '^io/afterimage/\(gateway\|lab\|local\|page\|search\|terminal\)/'
has_not '^org/tribuo/\|^ai/onnx/\|^com/google/protobuf/'
has_not '^org/nd4j/'
has_not '^org/bytedeco/'
has_not '^org/apache/flink/runtime/'
has_not '^org/apache/flink/streaming/api/'
has_not '^org/slf4j/'
has_not '^org/apache/logging/'
has_not '^com/github/luben/zstd/'
has_not '^org/xerial/snappy/'
has_not '\.so$'

for name in javacpp openblas opencv nd4j-api; do
  compgen -G "$image/flink/lib/$name-[0-9]*.jar" >/dev/null || fail "$image/flink/lib has no $name"
done
doubles="$(cd target/flink/lib && ls | sed 's/-[0-9].*//' | grep -v -e javacpp -e openblas -e opencv -e nd4j | sort | uniq -d)"
[[ -z "$doubles" ]] || fail "target/flink/lib has two releases of $doubles"
for pattern in org.nd4j. org.bytedeco.; do
  grep -q "^classloader.parent-first-patterns.additional:.*$pattern" "$image/flink/conf/config.yaml" ||
    fail "config.yaml does not load $pattern parent-first"
done

# Checks that every class reachable from Afterimage's is present.
# complete JAR PACKAGES CLASS_PATH
complete() {
  local missing
  missing="$("${JAVA%/java}/jdeps" --multi-release 17 --missing-deps -cp "$3" "$1" | grep -E "^ *io\.afterimage\.($2)\." || true)"
  [[ -z "$missing" ]] || fail "$1 needs classes that its image does not have:"$'\n'"$missing"
}
complete "$image/flink/usrlib/afterimage-job.jar" '[a-z]+' 'target/flink/lib/*'
complete "$image/gateway/lib/afterimage.jar" 'gateway|frame|lab.simulation' "$image/gateway/lib/*"

# Checks that the command lines work with the images' files only.
"$JAVA" -cp "target/flink/lib/*:$image/flink/usrlib/afterimage-job.jar" io.afterimage.cli.AfterimageJob --help >/dev/null ||
  fail "the job's help does not work from the image's jars"
"$JAVA" -cp "$image/gateway/lib/*" io.afterimage.cli.GatewayMain --help >/dev/null ||
  fail "the gateway's help does not work from the image's jars"

compose=()
if docker compose version >/dev/null 2>&1; then
  compose=(docker compose)
elif command -v docker-compose >/dev/null; then
  compose=(docker-compose)
fi
if ((${#compose[@]} > 0)); then
  "${compose[@]}" config -q
  "${compose[@]}" -f docker-compose.yml -f src/main/docker/gpu.yml config -q
  checked="compose files accepted by ${compose[*]} $("${compose[@]}" version --short)"
else
  checked="compose files not checked, for want of docker compose"
fi
unpinned="$(sed -nE 's/^ *image: *//p; s/^FROM ([^ ]+).*/\1/p' docker-compose.yml src/main/docker/gpu.yml src/main/docker/Dockerfile | grep -v -E ':[0-9v][^ ]*[0-9]' || true)"
[[ -z "$unpinned" ]] || fail "without a pinned version: $unpinned"
for target in job gateway; do
  user="$(awk -v target="$target" '/^FROM/ { in_target = $NF == target } in_target && /^USER/ { print $2 }' src/main/docker/Dockerfile | tail -n 1)"
  [[ -n "$user" && "$user" != root ]] || fail "the image $target would run as ${user:-root}"
done
echo "job image adds $(du -sm "$image/flink" | cut -f1) MB, job jar $(($(wc -c <"$image/flink/usrlib/afterimage-job.jar") / 1000000)) MB; gateway image adds $(du -sm "$image/gateway" | cut -f1) MB; $checked"
