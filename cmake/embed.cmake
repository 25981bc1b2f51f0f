# Files that travel inside the program: migrations, catalogues, checklists, the web folder, help texts.
# adal_embed(TARGET NAMESPACE files…): a library with `adal::embedded::NAMESPACE()` → list of {name, bytes, sha256}.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(adal_embed target namespace root)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded/${namespace})
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.hpp
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed.py ${namespace} ${root} ${out} ${ARGN}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed.py ${ARGN}
    VERBATIM)
  add_library(${target} STATIC ${out}.cpp)
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/generated ${CMAKE_SOURCE_DIR}/src)
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
endfunction()

file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
adal_embed(adal_embedded_migrations migrations ${CMAKE_SOURCE_DIR}/migrations ${migrations})
file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/i18n/*.json)
adal_embed(adal_embedded_i18n i18n ${CMAKE_SOURCE_DIR}/i18n ${catalogues})
file(GLOB checklists CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/oversight/checklists/*.json)
adal_embed(adal_embedded_checklists checklists ${CMAKE_SOURCE_DIR}/src/oversight/checklists ${checklists})
file(GLOB web CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.js ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.svg
     ${CMAKE_SOURCE_DIR}/web/*.png ${CMAKE_SOURCE_DIR}/web/*.webmanifest)
# Leaflet is a locked npm package, not part of the tree.
set(leaflet ${CMAKE_SOURCE_DIR}/node_modules/leaflet/dist)
adal_embed(adal_embedded_web web ${CMAKE_SOURCE_DIR}/web ${web} ${leaflet}/leaflet.js ${leaflet}/leaflet.css)
file(GLOB data CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/*/*)
adal_embed(adal_embedded_data data ${CMAKE_SOURCE_DIR}/data ${data})
file(GLOB help CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/*.md)
adal_embed(adal_embedded_help help ${CMAKE_SOURCE_DIR}/src/cli ${help})
