import type { Container } from '@waymark/kube-graph';

const IMAGES = [
  'java',
  'jre',
  'jdk',
  'openjdk',
  'temurin',
  'corretto',
  'tomcat',
  'jetty',
  'wildfly',
  'spring',
  'dotnet',
  'aspnet',
];

const VARIABLES =
  /^(?:JAVA_(?:OPTS|TOOL_OPTIONS|HOME|VERSION)|JDK_JAVA_OPTIONS|JVM_OPTS|CATALINA_OPTS|SPRING_.+|DOTNET_.+|ASPNETCORE_.+)$/;

/** What in a container's image or environment tells of a runtime that takes long to start: a JVM or .NET. */
export function slowRuntime({ image = '', env = [] }: Container): string | undefined {
  const words = image.toLowerCase().split(/[^a-z]+/);
  const word = IMAGES.find(name => words.includes(name));
  if (word) return `image ${image}`;
  const variable = env.find(({ name }) => VARIABLES.test(name));
  return variable && `variable ${variable.name}`;
}
