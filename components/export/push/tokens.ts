/**
 * Tokens by the API they are for, in this variable and nowhere else: they are gone when the tab is closed or reloaded, and
 * no token given for one server reaches another.
 */
const tokens = new Map<string, string>();

export const tokenFor = (api: string): string | undefined => tokens.get(api);
export const keepToken = (api: string, token: string): void => void tokens.set(api, token);
export const forgetToken = (api: string): void => void tokens.delete(api);
