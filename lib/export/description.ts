/** Longest description that CloudFormation takes, in bytes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html */
const MAX_DESCRIPTION = 1024;

/** The description of a template: name and what has to be done; where there is no room for both, what has to be done matters more than the name. */
export function descriptionOf(name: string, description: string): string {
  const room = MAX_DESCRIPTION - bytesOf(description) - bytesOf(". ");
  const title = room >= LEAST_NAME ? clipBytes(name, room) : clipBytes(name, LEAST_NAME);
  return clipBytes(`${title}. ${description}`.trim(), MAX_DESCRIPTION);
}

/** So much of a name, in bytes, tells designs apart. */
const LEAST_NAME = 40;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Cuts between characters, so that the text with the ellipsis fits. */
function clipBytes(text: string, limit: number): string {
  if (bytesOf(text) <= limit) return text;
  let left = limit - bytesOf("…");
  let kept = "";
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
