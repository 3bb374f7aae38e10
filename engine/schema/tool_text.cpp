// See tool_text.h. What is layout is left to the formatter.
#include "engine/schema/tool_text.h"

#include <algorithm>

#include "grammar/words.h"

namespace proviso::schema {
namespace {

namespace ast = grammar::ast;

/// Names have no hidden characters, so two escapes do.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

bool is_word(std::string_view text, grammar::ByteClass byte) {
    return !text.empty() && grammar::is_of(text[0], grammar::name_start) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return grammar::is_of(c, byte); });
}

bool are_words(std::string_view text, grammar::ByteClass byte) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('.', at), text.size());
        if (!is_word(text.substr(at, end - at), byte)) return false;
        at = end + 1;
    }
    return true;
}

std::string field_name(std::string_view text) {
    return are_words(text, grammar::name_byte) ? std::string(text) : quoted(text);
}

std::string tool_name(std::string_view text) {
    const bool bare = are_words(text, grammar::tool_byte) &&
                      !grammar::is_reserved(text.substr(0, text.find('.')));
    return bare ? std::string(text) : quoted(text);
}

class Writer {
  public:
    explicit Writer(const ast::File& file) : file_(file) {}

    std::string tool(const ast::Tool& tool, std::string_view hinted) {
        out_.clear();
        doc(tool.head.doc);
        out_ += "tool " + tool_name(tool.name.text) + " {\n";
        if (!hinted.empty()) {
            out_ += "    # by the server's own hints it would be: tier ";
            out_.append(hinted) += '\n';
        }
        out_ += tool.open_args ? "    args open " : "    args ";
        fields(tool.args);
        return out_ + "\n}\n";
    }

  private:
    void doc(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            out_ += end > at ? "## " : "##";
            out_.append(text.substr(at, end - at)) += '\n';
            at = end + 1;
        }
    }

    void fields(const std::vector<ast::FieldDecl>& all) {
        out_ += "{\n";
        for (const ast::FieldDecl& field : all) {
            out_ += "        " + field_name(field.name.text) + " : ";
            type(field.type);
            out_ += '\n';
        }
        out_ += "    }";
    }

    void record(const ast::TypeExpr& type) {
        out_ += type.open ? "open {" : "{";
        for (const ast::FieldDecl& field : type.fields) {
            out_ += &field == type.fields.data() ? " " : ", ";
            out_ += field_name(field.name.text) + " : ";
            this->type(field.type);
        }
        out_ += type.fields.empty() ? "}" : " }";
    }

    void words(const std::vector<ast::Name>& all) {
        for (const ast::Name& word : all) {
            if (&word != all.data()) out_ += " | ";
            const bool bare = all.size() > 1 && is_word(word.text, grammar::name_byte) &&
                              !grammar::is_reserved(word.text);
            out_ += bare ? std::string(word.text) : quoted(word.text);
        }
    }

    void type(ast::TypeId id) {
        const ast::TypeExpr& type = file_.type(id);
        switch (type.kind) {
            case ast::TypeKind::named: out_ += type.name.text; break;
            case ast::TypeKind::enumeration: words(type.words); break;
            case ast::TypeKind::list:
                out_ += '[';
                this->type(type.element);
                out_ += ']';
                break;
            case ast::TypeKind::record: record(type); break;
        }
        if (type.optional) out_ += '?';
        if (type.low != ast::no_expr) range(" in ", type.low, type.high);
        if (type.length_low != ast::no_expr) range(" length ", type.length_low, type.length_high);
        if (type.pattern) pattern(type.pattern->text);
    }

    void range(std::string_view word, ast::ExprId low, ast::ExprId high) {
        out_.append(word).append(file_.expr(low).text).append(" .. ").append(file_.expr(high).text);
    }

    void pattern(std::string_view text) {
        const bool raw = text.find('"') == std::string_view::npos;
        out_ += " matches ";
        out_ += raw ? "r\"" + std::string(text) + '"' : quoted(text);
    }

    const ast::File& file_;
    std::string out_;
};

}  // namespace

std::string tools_text(const ToolsList& list) {
    Writer writer(list.file);
    std::string text;
    for (std::size_t i = 0; i < list.file.tools.size(); ++i) {
        if (i > 0) text += '\n';
        text += writer.tool(list.file.tools[i], list.hinted_tiers[i]);
    }
    return text;
}

}  // namespace proviso::schema
