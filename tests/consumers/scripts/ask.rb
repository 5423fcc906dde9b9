# Gives each text of a JSON array on standard input to one Ruby engine or reader, and answers with an array.
# An answer is what the tool made of the text, or an object with the error.

require 'json'

# kramdown's typography is a switch of the site; off, it shows quotes and dashes as they are.
PLAIN = {
  smart_quotes: %w[apos apos quot quot],
  typographic_symbols: { hellip: '...', mdash: '---', ndash: '--', laquo: '<<', raquo: '>>',
                         laquo_space: '<< ', raquo_space: ' >>' }
}.freeze

def kramdown(input)
  require 'kramdown'
  require 'kramdown-parser-gfm' if input == 'GFM'
  ->(text) { Kramdown::Document.new(text, input: input, **PLAIN).to_html }
end

def psych
  require 'yaml'
  ->(text) { YAML.safe_load(text, permitted_classes: [Date, Time]) }
end

def version(tool)
  tool == 'psych' ? "#{Psych::VERSION}, libyaml #{Psych::LIBYAML_VERSION}" : Kramdown::VERSION
end

require 'date'
tool = ARGV[0]
ask = tool == 'psych' ? psych : kramdown(tool)
if ARGV[1] == 'version'
  puts version(tool)
else
  answers = JSON.parse($stdin.read.force_encoding('UTF-8')).map do |text|
    ask.call(text)
  rescue StandardError => e
    { error: "#{e.class}: #{e.message}" }
  end
  $stdout.write(JSON.generate(answers))
end
