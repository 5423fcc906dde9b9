-- Reads texts from the file ASK_IN, each behind a line with its length in bytes, and writes to ASK_OUT, in the same
-- form, what pandoc makes of each: HTML, or where ASK_FOR names a key of its metadata, that string.
-- pandoc 2 has no JSON for Lua.

local format, key = os.getenv("ASK_FORMAT"), os.getenv("ASK_FOR")

local function answer(text)
  local document = pandoc.read(text, format)
  if key == "" then
    return pandoc.write(document, "html", { wrap_text = "wrap-none" })
  end
  local value = document.meta[key]
  return pandoc.utils.type(value) .. ": " .. pandoc.utils.stringify(value)
end

local source = assert(io.open(os.getenv("ASK_IN"), "rb"))
local data = source:read("a")
source:close()
local target = assert(io.open(os.getenv("ASK_OUT"), "wb"))
local at = 1
while at <= #data do
  local stop = data:find("\n", at, true)
  local length = tonumber(data:sub(at, stop - 1))
  local ok, said = pcall(answer, data:sub(stop + 1, stop + length))
  said = ok and said or "error: " .. tostring(said)
  target:write(#said, "\n", said)
  at = stop + length + 1
end
target:close()
