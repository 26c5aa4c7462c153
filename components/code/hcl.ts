import type { HLJSApi, Language, Mode } from "highlight.js";

/** HashiCorp's configuration language, as Terraform files use it: enough for colours, no parser. */
export default function hcl(hljs: HLJSApi): Language {
  const words = {
    keyword: "resource data variable output locals module provider terraform moved import removed check for in if",
    literal: "true false null",
  };
  const number: Mode = { scope: "number", begin: /\b\d+(?:\.\d+)?\b/, relevance: 0 };
  const interpolation: Mode = { scope: "subst", begin: /(?<!\$)\$\{/, end: /\}/, keywords: words };
  const string: Mode = {
    scope: "string",
    begin: /"/,
    end: /"/,
    contains: [hljs.BACKSLASH_ESCAPE, interpolation],
  };
  interpolation.contains = [string, number];
  const heredoc = hljs.END_SAME_AS_BEGIN({
    scope: "string",
    begin: /<<-?\s*([A-Za-z_]\w*)\n/,
    end: /^[ \t]*([A-Za-z_]\w*)$/,
  });
  return {
    name: "HCL",
    keywords: words,
    contains: [
      hljs.COMMENT("#", "$"),
      hljs.COMMENT("//", "$"),
      hljs.C_BLOCK_COMMENT_MODE,
      heredoc,
      // A name that is given a value, quoted or not.
      { scope: "attr", begin: /^[ \t]*(?:[A-Za-z_][\w-]*|"[^"\n]*")(?=[ \t]*=[^=])/m, relevance: 0 },
      {
        scope: "title",
        begin:
          /^[ \t]*(?!(?:resource|data|variable|output|locals|module|provider|terraform|moved|import|removed|check|for|if|dynamic)\b)[a-z_][\w-]*(?=[ \t]*\{)/m,
      },
      string,
      number,
    ],
  };
}
