# proviso_incbin(blocks names symbol path)
#
# Puts a file's bytes into a program: appends to the variable BLOCKS the assembler's lines for a C++
# source, and to NAMES the declarations of SYMBOL, where the bytes begin, and SYMBOL_end.
# The assembler takes them as they are (.incbin), histories in gzip among them, in no time that a
# compiler would need for the same as a table of numbers. A file that changes has to be among the
# OBJECT_DEPENDS of the source.
function(proviso_incbin blocks names symbol path)
    set(${blocks} "${${blocks}}asm(R\"(.pushsection .rodata
${symbol}: .incbin \"${path}\"
${symbol}_end: .byte 0
.popsection)\");
" PARENT_SCOPE)
    set(${names} "${${names}}extern const char ${symbol}[];
extern const char ${symbol}_end[];
" PARENT_SCOPE)
endfunction()
